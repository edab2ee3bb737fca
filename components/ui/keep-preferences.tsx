"use client";

import { useLayoutEffect } from "react";
import { keepPreferencesUnlessKept } from "./preferences.ts";

/** Has theme and rail also on a page whose making failed on the server, which React makes anew in the browser. */
export function KeepPreferences() {
  useLayoutEffect(keepPreferencesUnlessKept, []);
  return null;
}
