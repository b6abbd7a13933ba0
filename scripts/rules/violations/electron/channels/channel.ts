export type Port = string
