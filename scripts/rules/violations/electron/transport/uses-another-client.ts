// breach: transport-sends-and-knows-nothing
export { WebSocket } from 'ws'
