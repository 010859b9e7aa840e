import { createElement } from 'react'
import { hydrateRoot } from 'react-dom/client'
import { App } from './react-app.js'

hydrateRoot(document.querySelector('#root'), createElement(App))
