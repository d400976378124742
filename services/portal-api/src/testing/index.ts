export { signIn } from './sign-in.js';
