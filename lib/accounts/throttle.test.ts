import { expect, test } from "vitest";
import { addressGroup, emailSubject, retrySentence } from "./throttle.ts";

test.each([
  ["127.0.0.1", "127.0.0.1"],
  ["::ffff:10.0.0.7", "10.0.0.7"],
  ["::1", "0:0:0:0::/64"],
  ["2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"],
  ["2001:DB8:0001:2::9", "2001:db8:1:2::/64"],
  ["2001:db8::5", "2001:db8:0:0::/64"],
  ["fe80::1%eth0", "fe80:0:0:0::/64"],
  ["unknown", "unknown"],
])("attempts from %s are counted under %s", (address, group) => {
  expect(addressGroup(address)).toBe(group);
});

test("an e-mail cannot be read from the name its attempts are counted under", () => {
  expect(emailSubject("ann@example.com")).toMatch(/^signin:email:[0-9a-f]{64}$/);
});

test.each([
  [1, "Try again in 1 second."],
  [59, "Try again in 59 seconds."],
  [90, "Try again in 2 minutes."],
  [900, "Try again in 15 minutes."],
])("after %d s: %s", (seconds, sentence) => {
  expect(retrySentence(seconds)).toBe(sentence);
});
