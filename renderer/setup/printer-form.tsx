import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { PrinterKind, SetupPrinter, SetupState } from '../../electron/api/contract.ts'
import { useTill } from '../shell/till-context.tsx'
import { textIn } from '../staff/pin-field.tsx'
import { useWords } from '../wording/words.tsx'
import { SetupForm, type SetupFormProps } from './setup-form.tsx'

const kinds = ['tcp', 'device-file', 'spooler', 'serial'] as const satisfies readonly PrinterKind[]

/** A printer: what was found is chosen from a list, what is in the network is typed. */
export function PrinterForm(
  props: SetupFormProps & { readonly state: SetupState; readonly before: SetupPrinter | null },
) {
  const { setup } = useWords()
  const { door } = useTill()
  const { before, state } = props
  const [kind, setKind] = useState<PrinterKind>(before?.kind ?? 'tcp')
  const [at, setAt] = useState(before?.at ?? '')
  const { data: found = [], isPending } = useQuery({
    queryKey: ['found-printers'],
    queryFn: async () => {
      const answer = await door.call('setup.found-printers', null)
      if (!answer.ok) throw new Error(answer.refusal.code)
      return answer.reply
    },
  })
  const chosen = found.findIndex((each) => each.kind === kind && each.at === at)
  return (
    <SetupForm
      onClose={props.onClose}
      onSaved={props.onSaved}
      title={before ? setup.change(before.label) : setup.addPrinter}
      saveLabel={setup.savePrinter}
      busyText={setup.tryingPrinter}
      {...(before ? { removeLabel: setup.removePrinter } : {})}
      send={async (form, manager, way) => {
        if (before && way === 'remove') {
          const removed = await door.call('setup.remove-printer', { label: before.label, manager })
          return removed.ok ? removed.reply : null
        }
        const printer = {
          name: textIn(form, 'name'),
          kind,
          at,
          profile: textIn(form, 'profile'),
          drawer: new FormData(form).get('drawer') !== null,
        }
        const isUntested = way === 'untested'
        const answer = await door.call('setup.save-printer', {
          before: before?.label ?? null,
          printer,
          isUntested,
          manager,
        })
        return answer.ok ? answer.reply : null
      }}
    >
      <label>
        <span>{setup.foundPrinters}</span>
        <select
          value={chosen}
          onChange={({ target }) => {
            const picked = found[Number(target.value)]
            if (!picked) return
            setKind(picked.kind)
            setAt(picked.at)
          }}
        >
          <option value={-1}>{isPending ? setup.looking : setup.notInList}</option>
          {found.map((each, index) => (
            <option key={`${each.kind} ${each.at}`} value={index}>
              {each.isUsable ? each.name : `${each.name}: ${setup.noRight}`}
            </option>
          ))}
        </select>
      </label>
      <label>
        <span>{setup.printerKind}</span>
        <select value={kind} onChange={({ target }) => setKind(kinds.find((each) => each === target.value) ?? 'tcp')}>
          {kinds.map((each) => (
            <option key={each} value={each}>
              {setup.printerKinds[each]}
            </option>
          ))}
        </select>
      </label>
      <label>
        <span>{setup.printerAt[kind]}</span>
        <input
          name="at"
          type="text"
          maxLength={220}
          autoComplete="off"
          value={at}
          onChange={({ target }) => setAt(target.value)}
        />
      </label>
      <label>
        <span>{setup.printerProfile}</span>
        <select name="profile" defaultValue={before?.profile ?? 'generic-80'}>
          {state.printerProfiles.map((each) => (
            <option key={each} value={each}>
              {each}
            </option>
          ))}
        </select>
      </label>
      <label>
        <span>{setup.printerName}</span>
        <input
          name="name"
          type="text"
          maxLength={40}
          autoComplete="off"
          defaultValue={before?.name ?? ''}
          placeholder={setup.optional}
        />
      </label>
      <label className="decision">
        <input name="drawer" type="checkbox" defaultChecked={before?.drawer ?? false} />
        <span>{setup.printerDrawer}</span>
      </label>
    </SetupForm>
  )
}
