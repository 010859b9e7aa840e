import { hydrate } from 'svelte'
import SvelteApp from './SvelteApp.svelte'

hydrate(SvelteApp, { target: document.querySelector('#root') })
