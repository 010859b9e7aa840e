export default function NumbersView() {
  return <section class="place" />
}
