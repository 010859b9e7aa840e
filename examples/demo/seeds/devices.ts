import type { Device, Viewport } from 'earshot/wire'

/** What people hold in their hands, and how often. */
export const devices: Record<string, { weight: number; device: Device; viewport: Viewport }> = {
  mac: on(20, 'Chrome 142', 'macOS 15', 'desktop', 1512, 860, 2),
  macSafari: on(14, 'Safari 18.6', 'macOS 15', 'desktop', 1440, 812, 2),
  windows: on(22, 'Chrome 142', 'Windows 11', 'desktop', 1920, 953, 1),
  edge: on(9, 'Edge 141', 'Windows 11', 'desktop', 1536, 730, 1.25),
  firefox: on(7, 'Firefox 144', 'Linux', 'desktop', 1680, 920, 1),
  iphone: on(22, 'Safari 18.6', 'iOS 18', 'phone', 390, 664, 3),
  smallPhone: on(5, 'Safari 17.6', 'iOS 17', 'phone', 375, 548, 3),
  android: on(15, 'Chrome 142', 'Android 15', 'phone', 412, 785, 2.625),
  ipad: on(8, 'Safari 18.6', 'iPadOS 18', 'tablet', 1024, 1292, 2),
  oldTablet: on(4, 'Chrome 119', 'Android 10', 'tablet', 800, 1208, 1.5),
}

function on(weight: number, browser: string, os: string, form: string, width: number, height: number, ratio: number) {
  return { weight, device: { browser, os, form }, viewport: { width, height, ratio } }
}
