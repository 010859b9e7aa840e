export { createEarshot } from '../sdk/client.ts'
export { createEmitter } from '../sdk/events.ts'
export { fetchConfig } from '../sdk/transport.ts'
