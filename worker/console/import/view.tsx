export default function ImportView() {
  return <section class="place" />
}
