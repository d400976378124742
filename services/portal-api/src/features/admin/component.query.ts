import { Inject } from '@nestjs/common';
import { QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import type { Component } from '@portal/contract';
import { component as componentDecider, componentStream } from '@portal/domain';
import type { Streams } from '@portal/event-store';
import { refused, type Answer } from '../../platform/answer.js';
import { STREAMS } from '../../platform/tokens.js';
import { shown } from './put-component.js';

/** How a component is set up, from its own stream: what was just put is what is shown. */
export class ComponentSetup {
  constructor(readonly component: string) {}
}

@QueryHandler(ComponentSetup)
export class ComponentSetupHandler implements IQueryHandler<ComponentSetup, Answer<Component>> {
  constructor(@Inject(STREAMS) private readonly streams: Streams) {}

  async execute({ component }: ComponentSetup): Promise<Answer<Component>> {
    const { state } = await this.streams.load(componentDecider, componentStream(component));
    if (state.settings === undefined) return refused({ reason: 'ComponentUnknown', component });
    return shown(component, state.settings);
  }
}
