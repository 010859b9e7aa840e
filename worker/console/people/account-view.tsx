export default function AccountView() {
  return <section class="place" />
}
