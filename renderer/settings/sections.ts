import type { Screen } from '../till/store.ts'

/** The sections of the settings, from left to right; each is a screen. */
export const settingsSections = ['scanners', 'channels'] as const satisfies readonly Screen[]
export type SettingsSection = (typeof settingsSections)[number]

/** Opens the settings from every screen, and closes them. */
export const settingsKeyName = 'F12'

/** The key that leads towards each section, as it stands on its tab. */
export const sideKeys: Readonly<Record<SettingsSection, '←' | '→'>> = { scanners: '←', channels: '→' }

/** Whether a screen is one of the settings. */
export const isSettings = (screen: Screen): screen is SettingsSection =>
  settingsSections.some((section) => section === screen)

/** The section that a key leads to from another; null where it leads nowhere. */
export function sectionBeside(section: SettingsSection, key: string): SettingsSection | null {
  if (key !== 'ArrowLeft' && key !== 'ArrowRight') return null
  const place = settingsSections.indexOf(section) + (key === 'ArrowRight' ? 1 : -1)
  return settingsSections[place] ?? null
}
