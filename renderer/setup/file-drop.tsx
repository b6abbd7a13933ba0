import { useState } from 'react'
import type { SetupFiles, SetupKind } from '../../electron/api/contract.ts'
import { useTill } from '../shell/till-context.tsx'
import { useWords } from '../wording/words.tsx'
import { fieldText } from './result-text.ts'

/** What one message to the main side carries (`requestLimits.filePiece`, before base64); no key file comes near it. */
const fileBytesMax = 44_000

async function base64Of(file: File): Promise<string> {
  const bytes = new Uint8Array(await file.arrayBuffer())
  return btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''))
}

/** Takes key files, chosen or dropped, hands them to the main side, and tells what each one is by its content. */
export function FileDrop(props: {
  readonly kind: SetupKind
  readonly given: SetupFiles | null
  readonly onGiven: (files: SetupFiles) => void
  /** The fields that still need a key. */
  readonly missing: readonly string[]
}) {
  const words = useWords()
  const { setup } = words
  const { door } = useTill()
  const { kind, given, missing } = props
  const [problem, setProblem] = useState('')
  const take = async (list: FileList | null): Promise<void> => {
    setProblem('')
    let isFirst = given === null
    for (const file of list ?? []) {
      if (file.size > fileBytesMax) {
        setProblem(setup.tooLarge(file.name))
        continue
      }
      const sent = { name: file.name, base64: await base64Of(file) }
      const answer = await door.call('setup.take-file', { kind: kind.kind, api: kind.api, isFirst, file: sent })
      if (!answer.ok) return setProblem(setup.lost)
      isFirst = false
      props.onGiven(answer.reply)
    }
  }
  return (
    <section
      className="setup-drop"
      aria-label={setup.files}
      onDragOver={(event) => event.preventDefault()}
      onDrop={(event) => {
        event.preventDefault()
        void take(event.dataTransfer.files)
      }}
    >
      <label>
        <span>{setup.dropHere}</span> <input type="file" multiple onChange={(event) => void take(event.target.files)} />
      </label>
      <ul>
        {given?.files.map(({ name, role, field, subject, isExpired }, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: two files may have one name, and the list only grows.
          <li key={`${name} ${at}`}>
            <b>{name}</b>: {setup.roles[role]}
            {subject !== null && ` (${subject})`}
            {isExpired && ` · ${setup.expired}`} ·{' '}
            {field === null ? setup.goesNowhere : setup.goesTo(fieldText(words, field))}
          </li>
        ))}
      </ul>
      <p role="status">
        {problem !== ''
          ? problem
          : given !== null && missing.length > 0
            ? setup.stillMissing(missing.map((name) => fieldText(words, name)).join(' · '))
            : ''}
      </p>
    </section>
  )
}
