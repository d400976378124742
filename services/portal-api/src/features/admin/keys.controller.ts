import { Controller, HttpCode, Post, Req } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import type { KeysRotated } from '@portal/contract';
import type { FastifyRequest } from 'fastify';
import type { Answer } from '../../platform/answer.js';
import { commandContext } from '../../platform/http/request-context.js';
import { RotateKeys } from './rotate-keys.js';

@Controller('admin/keys')
export class KeysController {
  constructor(private readonly commands: CommandBus) {}

  @Post('rotation')
  @HttpCode(200)
  rotate(@Req() request: FastifyRequest): Promise<Answer<KeysRotated>> {
    return this.commands.execute(new RotateKeys(commandContext(request, 'admin')));
  }
}
