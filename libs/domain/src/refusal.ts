/** A refusal's reason and its name on the wire are the same words: `MarkOutOfRange` is `mark-out-of-range`. */
export type KebabCase<Text extends string> = Text extends `${infer First}${infer Rest}`
  ? Rest extends Uncapitalize<Rest>
    ? `${Uncapitalize<First>}${KebabCase<Rest>}`
    : `${Uncapitalize<First>}-${KebabCase<Rest>}`
  : Text;

export function kebabCase<Text extends string>(text: Text): KebabCase<Text> {
  return text.replace(/(?<!^)[A-Z]/g, '-$&').toLowerCase() as KebabCase<Text>;
}
