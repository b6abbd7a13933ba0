/** A language that the screen can speak. */
export type Language = 'zh-CN' | 'en'
