import type { StaffWords } from '../staff-words.ts'

/** 员工、登录和店长授权的话。 */
export const staff = {
  refusals: {
    wrong: (triesLeft) => `口令不对,还可以试 ${triesLeft} 次。什么都没有变。`,
    locked: (moment) => `错了太多次,${moment} 以后才能再试。什么都没有变。`,
    'pin-not-set': '这个人还没有口令,请店长设一个。什么都没有变。',
    'pin-trouble': '口令的文件读不了,请联系技术支持。什么都没有变。',
    'no-such-person': '没有这个编号或姓名的员工。什么都没有变。',
    'not-a-manager': '这件事要店长来授权。什么都没有变。',
    'manager-needed': '这件事要店长来授权。什么都没有变。',
  },
  override: {
    title: '请店长授权',
    recorded: '会记下谁、为什么、批准了什么,不能改。',
    manager: '店长编号或姓名',
    pin: '店长口令(6 位数字)',
    managerMissing: '请写店长的编号或姓名。',
    pinMissing: '请输 6 位口令。',
    confirm: '授权',
    cancel: '不授权',
    busy: '正在核对…',
  },
} as const satisfies StaffWords
