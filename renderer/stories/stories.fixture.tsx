import { idleCounter, reduceCounter } from '../counter/state.ts'
import { mount } from '../mount.tsx'
import { unknownTill } from '../till/state.ts'
import { createAppStore } from '../till/store.ts'
import { track } from '../till/tracked.ts'
import { fakeDoor } from './fake-door.fixture.ts'
import { stories, storySnapshot } from './story-list.fixture.ts'

const asked = new URLSearchParams(window.location.search)
const story = stories[asked.get('story') ?? 'idle'] ?? {}
const language = asked.get('lang') === 'en' ? 'en' : 'zh-CN'
window.localStorage.setItem('scantill.language', language)
document.documentElement.lang = language

const nowMs = performance.now()
const orders = Object.fromEntries((story.orders ?? []).map((view) => [view.orderNumber, track(undefined, view, nowMs)]))
const counter = { ...idleCounter, ...story.counter }
mount(
  fakeDoor(story),
  createAppStore({
    language,
    sound: storySnapshot(story).sound,
    screen: story.screen ?? 'counter',
    detail: story.detail ?? null,
    counter: story.notice ? reduceCounter(counter, { type: 'notice', notice: story.notice }) : counter,
    till: {
      ...unknownTill,
      connection: story.connection ?? 'live',
      snapshot: storySnapshot(story),
      orders,
      ended: story.ended ?? [],
    },
  }),
)
