import type { ChannelView, PolicyFigureView } from '../../electron/api/contract.ts'
import { useWords } from '../wording/words.tsx'
import { capabilityRows } from './channel-text.ts'

const figureText = (figures: readonly number[]): string => figures.join(' · ')

const isDefault = ({ inForceMs, defaultMs }: PolicyFigureView): boolean =>
  figureText(inForceMs) === figureText(defaultMs)

/** What a channel can do, and the figures in force beside those of its definition. */
export function ChannelDetail(props: { readonly view: ChannelView }) {
  const words = useWords()
  const { view } = props
  const { can, figureHeads, settings, same } = words.channels
  return (
    // Longer than a small screen for some channels: it scrolls, so it takes the focus.
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reached by the keyboard.
    <section className="channel-detail" tabIndex={0} aria-labelledby="channel-can">
      <h2 id="channel-can">{can(words.channel(view.id))}</h2>
      <dl className="channel-can">
        {capabilityRows(words, view).map(([name, text]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd className="figures">{text}</dd>
          </div>
        ))}
      </dl>
      <table className="channel-figures figures">
        <thead>
          <tr>
            <th scope="col">{figureHeads.setting}</th>
            <th scope="col">{figureHeads.inForce}</th>
            <th scope="col">{figureHeads.byDefault}</th>
          </tr>
        </thead>
        <tbody>
          {view.figures.map((figure) => (
            <tr key={figure.setting} data-setting={figure.setting} data-changed={!isDefault(figure)}>
              <th scope="row">{settings[figure.setting]}</th>
              <td>{figureText(figure.inForceMs)}</td>
              <td>{isDefault(figure) ? same : figureText(figure.defaultMs)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}
