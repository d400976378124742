import { Controller, HttpCode, Post } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import type { KeysRotated } from '@portal/contract';
import { CallerOf, type Caller } from '../../platform/http/request-context.js';
import { RotateKeys } from './rotate-keys.js';

@Controller('admin/keys')
export class KeysController {
  constructor(private readonly commands: CommandBus) {}

  @Post('rotation')
  @HttpCode(200)
  rotate(@CallerOf() { account }: Caller): Promise<KeysRotated> {
    return this.commands.execute(new RotateKeys(account));
  }
}
