export default function SetupView() {
  return <section class="place" />
}
