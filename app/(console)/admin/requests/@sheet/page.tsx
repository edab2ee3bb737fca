/** The log itself has no request open. */
export default function NoSheet() {
  return null;
}
