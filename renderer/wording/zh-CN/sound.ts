import type { SoundWords } from '../sound-words.ts'

/** Tones, the spoken amount, and how loud they are. */
export const sound = {
  tonesPercent: '提示音',
  voicePercent: '金额播报',
  louder: '大声',
  quieter: '小声',
  turnOn: '打开声音',
  turnOff: '静音',
  tryTones: '试听提示音',
  tryVoice: '试听播报',
  explained: '只对本台收银机有效。静音时也可以试听。听不到时，请检查音箱和电脑本身的音量。声音说的，屏幕上都有。',
  kept: '已保存，下次启动仍然如此。',
  problem: (problem) => `关闭前有效，但没有保存：config.json 有误：${problem}`,
  disk: (file, detail) => `关闭前有效，但没有保存：${file} 写不进去（${detail}）。`,
  lost: '关闭前有效。收银程序没有回答，可能没有保存，请再改一次。',
} as const satisfies SoundWords
