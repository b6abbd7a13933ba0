// breach: no-tests-in-production
export { sample } from './sample.fixture.ts'
