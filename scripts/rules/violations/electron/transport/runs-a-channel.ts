// breach: transport-takes-types-of-the-port
export { Port } from '../channels/channel.ts'
