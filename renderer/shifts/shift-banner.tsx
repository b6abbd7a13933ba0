import { Icon } from '../shell/icons.tsx'
import { useApp } from '../shell/till-context.tsx'
import { useWords } from '../wording/words.tsx'
import { dayText } from './people-names.ts'

/** Says at the counter that the shift of another day is still open; payments go on all the same. */
export function ShiftBanner() {
  const words = useWords()
  const day = useApp(({ crew }) => crew.shift?.shift?.day ?? null)
  if (day === null || day.kind === 'today') return null
  const say = day.kind === 'forgotten' ? words.shifts.forgotten : words.shifts.clockBehind
  return (
    <div className="line-banner" role="status" data-testid="shift-banner">
      <Icon name="question" className="line-banner-icon" />
      <div>
        <p className="line-banner-headline">{say(dayText(day.businessDay))}</p>
        <p>{words.shifts.goClose}</p>
      </div>
    </div>
  )
}
