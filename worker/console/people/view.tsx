export default function PersonView() {
  return <section class="place" />
}
