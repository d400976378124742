/** The peer of the service's start: a Nest application that does nothing, on the same Fastify. */
import 'reflect-metadata';
import { Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter } from '@nestjs/platform-fastify';

class EmptyModule {}
Module({})(EmptyModule);

const application = await NestFactory.create(EmptyModule, new FastifyAdapter(), { logger: false });
await application.listen(0, '127.0.0.1');
process.stdout.write('ready\n');
