/** One frame of what the person shares; rejects where it is denied. Nothing is shared afterwards. */
export async function takeScreen(): Promise<HTMLCanvasElement> {
  const options = { video: true, audio: false, preferCurrentTab: true }
  const stream = await navigator.mediaDevices.getDisplayMedia(options)
  try {
    const video = document.createElement('video')
    video.muted = true
    video.srcObject = stream
    await video.play()
    // The first frame may still show the browser's own question.
    for (let frames = 0; frames < 2; frames++) {
      await Promise.race([
        new Promise((resolve) => video.requestVideoFrameCallback(resolve)),
        // A still page may give no second frame.
        new Promise((resolve) => setTimeout(resolve, 1_000)),
      ])
    }
    const canvas = document.createElement('canvas')
    canvas.width = video.videoWidth
    canvas.height = video.videoHeight
    canvas.getContext('2d')?.drawImage(video, 0, 0)
    return canvas
  } finally {
    for (const track of stream.getTracks()) track.stop()
  }
}
