import { useState } from 'react'
import type { SetupChannel, SetupField, SetupFiles, SetupKind, SetupState } from '../../electron/api/contract.ts'
import { useTill } from '../shell/till-context.tsx'
import { textIn } from '../staff/pin-field.tsx'
import { useWords } from '../wording/words.tsx'
import { FileDrop } from './file-drop.tsx'
import { fieldText } from './result-text.ts'
import { SetupForm, type SetupFormProps } from './setup-form.tsx'

const nameOf = ({ kind, api }: Pick<SetupKind, 'kind' | 'api'>): string => (api === null ? kind : `${kind}-${api}`)

/** What stays folded away: what has a good default, or is for few, such as a private authority (`ca`). */
const isRare = (field: SetupField, before: SetupChannel | null): boolean =>
  field.name === 'ca' ||
  (!field.isRequired && field.kind !== 'secret' && field.kind !== 'secrets' && before?.texts[field.name] === undefined)

/** A channel's fields from its kind's own list, its key files, and the test call before it is saved. */
export function ChannelForm(
  props: SetupFormProps & { readonly state: SetupState; readonly before: SetupChannel | null },
) {
  const words = useWords()
  const { setup } = words
  const { door } = useTill()
  const { state, before } = props
  const [wanted, setWanted] = useState(nameOf(before ?? state.kinds[0] ?? { kind: '', api: null }))
  const [given, setGiven] = useState<SetupFiles | null>(null)
  const kind = state.kinds.find((each) => nameOf(each) === wanted)
  if (!kind) return null

  const byFile = new Set(given?.files.flatMap(({ field }) => field ?? []) ?? [])
  const hint = (field: SetupField): string =>
    before?.secrets.includes(field.name) ? setup.stays : field.isRequired ? '' : setup.optional
  const input = (field: SetupField) => {
    const { name } = field
    const label = <span>{fieldText(words, name)}</span>
    if (field.kind === 'choice') {
      return (
        <label key={name}>
          {label}
          <select name={`text.${name}`} defaultValue={before?.texts[name] ?? field.byDefault ?? ''}>
            {field.choices.map((each) => (
              <option key={each}>{each}</option>
            ))}
          </select>
        </label>
      )
    }
    if (field.kind === 'text') {
      const told = given?.texts[name]
      return (
        <label key={`${name} ${told ?? ''}`}>
          {label}
          <input
            name={`text.${name}`}
            type="text"
            maxLength={400}
            autoComplete="off"
            defaultValue={told ?? before?.texts[name] ?? field.byDefault ?? ''}
            placeholder={hint(field)}
          />
        </label>
      )
    }
    // A key that a file brought needs no pasting; a word is never shown, a key file's text has many lines.
    if (byFile.has(name)) return null
    return field.isKeyFile ? (
      <label key={name}>
        {label}
        <textarea name={`secret.${name}`} rows={1} autoComplete="off" spellCheck={false} placeholder={hint(field)} />
      </label>
    ) : (
      <label key={name}>
        {label}
        <input name={`secret.${name}`} type="password" autoComplete="off" placeholder={hint(field)} />
      </label>
    )
  }
  const rare = kind.fields.filter((field) => isRare(field, before))
  const usual = kind.fields.filter((field) => !isRare(field, before))
  const missing = kind.fields.filter(
    ({ name, isRequired, isKeyFile }) =>
      isKeyFile && isRequired && !byFile.has(name) && !before?.secrets.includes(name),
  )

  return (
    <SetupForm
      onClose={props.onClose}
      onSaved={props.onSaved}
      title={before ? setup.change(before.id) : setup.add}
      saveLabel={setup.save}
      busyText={setup.testing}
      send={async (form, manager, way) => {
        const filled = (part: 'text' | 'secret') => {
          const values = kind.fields.map(({ name }) => [name, textIn(form, `${part}.${name}`)] as const)
          return Object.fromEntries(values.filter(([, value]) => value !== ''))
        }
        const answer = await door.call('setup.save-channel', {
          id: before?.id ?? textIn(form, 'id'),
          kind: kind.kind,
          api: kind.api,
          texts: filled('text'),
          secrets: filled('secret'),
          withFiles: given !== null,
          isUntested: way === 'untested',
          manager,
        })
        return answer.ok ? answer.reply : null
      }}
    >
      {before === null && (
        <>
          <label>
            <span>{setup.kind}</span>
            <select
              value={wanted}
              onChange={(event) => {
                setWanted(event.target.value)
                setGiven(null)
              }}
            >
              {state.kinds.map((each) => (
                <option key={nameOf(each)} value={nameOf(each)}>
                  {Object.entries(setup.kinds).find(([name]) => name === nameOf(each))?.[1] ?? nameOf(each)}
                </option>
              ))}
            </select>
          </label>
          <label key={`id ${wanted}`}>
            <span>{setup.id}</span>
            <input name="id" type="text" maxLength={32} autoComplete="off" defaultValue={kind.kind} />
          </label>
        </>
      )}
      {kind.fields.some(({ isKeyFile }) => isKeyFile) && (
        <FileDrop kind={kind} given={given} onGiven={setGiven} missing={missing.map(({ name }) => name)} />
      )}
      {usual.map(input)}
      {rare.length > 0 && (
        <details key={wanted}>
          <summary>{setup.more}</summary>
          {rare.map(input)}
        </details>
      )}
    </SetupForm>
  )
}
