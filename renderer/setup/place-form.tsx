import type { SetupState } from '../../electron/api/contract.ts'
import { useTill } from '../shell/till-context.tsx'
import { textIn } from '../staff/pin-field.tsx'
import { useWords } from '../wording/words.tsx'
import { SetupForm, type SetupFormProps } from './setup-form.tsx'

/** Who and where the till is. */
export function PlaceForm(props: SetupFormProps & { readonly state: SetupState }) {
  const { setup } = useWords()
  const { door } = useTill()
  const { store, till, language } = props.state
  const field = (name: string, label: string, value: string) => (
    <label>
      <span>{label}</span>
      <input name={name} type="text" maxLength={40} autoComplete="off" defaultValue={value} />
    </label>
  )
  return (
    <SetupForm
      onClose={props.onClose}
      onSaved={props.onSaved}
      title={setup.place}
      saveLabel={setup.savePlace}
      busyText=""
      send={async (form, manager) => {
        const answer = await door.call('setup.save-place', {
          storeId: textIn(form, 'storeId'),
          storeName: textIn(form, 'storeName'),
          tillId: textIn(form, 'tillId'),
          language: textIn(form, 'language') === 'en' ? 'en' : 'zh-CN',
          manager,
        })
        return answer.ok ? answer.reply : null
      }}
    >
      {field('storeId', setup.storeId, store.id)}
      {field('storeName', setup.storeName, store.name)}
      {field('tillId', setup.tillId, till.id)}
      <label>
        <span>{setup.language}</span>
        <select name="language" defaultValue={language}>
          <option value="zh-CN">{setup.languages['zh-CN']}</option>
          <option value="en">{setup.languages.en}</option>
        </select>
      </label>
    </SetupForm>
  )
}
