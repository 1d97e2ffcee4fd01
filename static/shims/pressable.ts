/** Lozenge asks for the Pressable that injects a style element, which the content security policy refuses; this one does not. */
export { Pressable, Pressable as default } from '@atlaskit/primitives/compiled/pressable';
