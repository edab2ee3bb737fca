export { DropdownMenu as RadixMenu } from "radix-ui";
