/** Where the bytes of an export go. */
export interface Destination {
  write(chunk: Uint8Array<ArrayBuffer>): Promise<void>
  /** Takes back what came after this many bytes: the part that broke. */
  rewind(bytes: number): Promise<void>
  /** Everything arrived. Answers with how to save it once more, where that can be done. */
  keep(): Promise<(() => void) | null>
  /** Something is missing, or it was cancelled. */
  giveUp(): Promise<void>
}

interface SavePicker {
  showSaveFilePicker?: (options: { suggestedName: string }) => Promise<FileSystemFileHandle>
}

/**
 * Asks where to save, where the browser lets a page write a file; elsewhere the bytes are collected and downloaded at the
 * end. Must be called by a click. Null when the person changed their mind.
 */
export async function openDestination(name: string, type: string): Promise<Destination | null> {
  const { showSaveFilePicker } = window as unknown as SavePicker
  if (showSaveFilePicker === undefined) return collect(name, type)
  try {
    const file = await showSaveFilePicker({ suggestedName: name })
    return toFile(await file.createWritable())
  } catch (error) {
    if (error instanceof DOMException && error.name === 'AbortError') return null
    // The browser knows how to, and does not let this page: then as any other browser does.
    return collect(name, type)
  }
}

/** The file has its new content only when it is closed; until then, what was there before stays. */
function toFile(stream: FileSystemWritableFileStream): Destination {
  return {
    write: (chunk) => stream.write(chunk),
    rewind: async (bytes) => {
      await stream.truncate(bytes)
      await stream.seek(bytes)
    },
    keep: async () => {
      await stream.close()
      return null
    },
    giveUp: () => stream.abort(),
  }
}

/** Browsers move large blobs out of memory, so pieces become blobs early. */
const pieceBytes = 4_000_000

function collect(name: string, type: string): Destination {
  let blob = new Blob([], { type })
  let pieces: Uint8Array<ArrayBuffer>[] = []
  let waiting = 0
  const settle = () => {
    blob = new Blob([blob, ...pieces], { type })
    pieces = []
    waiting = 0
  }
  return {
    write: async (chunk) => {
      pieces.push(chunk)
      waiting += chunk.length
      if (waiting >= pieceBytes) settle()
    },
    rewind: async (bytes) => {
      settle()
      blob = blob.slice(0, bytes, type)
    },
    keep: async () => {
      settle()
      const save = () => download(blob, name)
      save()
      return save
    },
    giveUp: async () => {
      blob = new Blob()
      pieces = []
    },
  }
}

/** Long enough for the browser to begin to read it. */
const readableMs = 60_000

function download(blob: Blob, name: string): void {
  const url = URL.createObjectURL(blob)
  const link = document.createElement('a')
  link.href = url
  link.download = name
  link.click()
  setTimeout(() => URL.revokeObjectURL(url), readableMs)
}
