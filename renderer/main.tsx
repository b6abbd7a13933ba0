import { openDoor } from './bridge.ts'
import { mount } from './mount.tsx'
import { rememberedLanguage } from './shell/preferences.ts'
import { createAppStore } from './till/store.ts'

const language = rememberedLanguage() ?? 'zh-CN'
document.documentElement.lang = language
mount(openDoor(), createAppStore({ language }))
