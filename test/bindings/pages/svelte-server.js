import { render } from 'svelte/server'
import SvelteApp from './SvelteApp.svelte'

process.stdout.write((await render(SvelteApp)).body)
