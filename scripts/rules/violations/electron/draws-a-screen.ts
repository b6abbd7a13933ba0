// breach: main-side-does-not-know-the-window
export { screen } from '../renderer/screen.ts'
