// breach: renderer-imports-screens-only
export { z } from 'zod'
