/** The peer of `mark-entry`: a bare Fastify that gives back the body it was sent, and nothing else. */
import type { AddressInfo } from 'node:net';
import { fastify } from 'fastify';

const app = fastify();
app.put('/emi/:component/sheets/:centre/candidates/:candidate/mark', (request, reply) => reply.send(request.body));
await app.listen({ port: 0, host: '127.0.0.1' });
process.stdout.write(`${(app.server.address() as AddressInfo).port}\n`);
process.on('SIGTERM', () => process.exit(0));
