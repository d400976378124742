/** What a client asks before anything else: which methods there are, and who leads. */
import { randomUUID } from 'node:crypto';
import gossipPb from '@eventstore/db-client/generated/gossip_pb.js';
import serverFeaturesPb from '@eventstore/db-client/generated/serverfeatures_pb.js';
import sharedPb from '@eventstore/db-client/generated/shared_pb.js';

export interface Member {
  readonly address: string;
  readonly port: number;
  readonly isLeader: boolean;
  readonly isAlive: boolean;
}

const METHODS = ['read', 'append', 'batchappend', 'delete', 'tombstone'];
const VERSION = '23.10.8';

export function supportedMethods(): serverFeaturesPb.SupportedMethods {
  const methods = METHODS.map((name) =>
    new serverFeaturesPb.SupportedMethod().setServiceName('event_store.client.streams.streams').setMethodName(name));
  return new serverFeaturesPb.SupportedMethods().setEventStoreServerVersion(VERSION).setMethodsList(methods);
}

export function clusterInfo(members: readonly Member[]): gossipPb.ClusterInfo {
  return new gossipPb.ClusterInfo().setMembersList(members.map(memberInfo));
}

function memberInfo({ address, port, isLeader, isAlive }: Member): gossipPb.MemberInfo {
  return new gossipPb.MemberInfo()
    .setInstanceId(new sharedPb.UUID().setString(randomUUID()))
    .setTimeStamp(String(Date.now()))
    .setState(isLeader ? LEADER : FOLLOWER)
    .setIsAlive(isAlive)
    .setHttpEndPoint(new gossipPb.EndPoint().setAddress(address).setPort(port));
}

const { VNodeState } = gossipPb.MemberInfo;
const [LEADER, FOLLOWER] = [VNodeState.LEADER, VNodeState.FOLLOWER];
