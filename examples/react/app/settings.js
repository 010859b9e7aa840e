/** In a module of its own, so that every part of the app means the same widget. */
export const settings = {
  key: import.meta.env.VITE_EARSHOT_KEY,
  endpoint: import.meta.env.VITE_EARSHOT_ENDPOINT,
  release: '2.3.0',
}
