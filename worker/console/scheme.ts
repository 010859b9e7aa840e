// Runs before the first paint, so that a chosen scheme never flashes the other one. Alone in its file, because the
// policy forbids inline scripts and the console itself is a module, which runs later.
try {
  const chosen = localStorage.getItem('earshot.scheme')
  if (chosen === 'light' || chosen === 'dark') document.documentElement.dataset['scheme'] = chosen
} catch {
  // Storage is denied: the system's scheme it is.
}
