export { startRedis, type RedisServer } from './redis-server.js';
export { signIn } from './sign-in.js';
