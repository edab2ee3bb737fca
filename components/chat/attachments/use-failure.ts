import { useTranslations } from "next-intl";
import type { FileKind } from "#lib/chat/attachments/file-part.ts";
import { attachmentLimits } from "#lib/chat/attachments/limits.ts";

/** Why a file failed and what to do, in words; null when it did not. */
export function useFailure(code: string | null, kind: FileKind): string | null {
  const t = useTranslations("attachments.failure");
  switch (code) {
    case null:
      return null;
    case "too_large":
    case "file_too_large":
      return t("tooLarge", { most: attachmentLimits[`${kind}Bytes`] / 1_048_576 });
    case "wrong_type":
    case "file_type_not_accepted":
      return t("type");
    case "file_unreadable":
      return t("unreadable");
    case "file_storage_full":
      return t("storageFull");
    case "not_signed_in":
      return t("signedOut");
    case "unreachable":
      return t("unreachable");
    default:
      return t("other");
  }
}
