-- Tells that a consumer is alive, and still has what was handed out to it.
-- KEYS[1] queue   ARGV[1] consumer   ARGV[2...] ids
-- Returns how many of them it had.
local held = {}
for i = 2, #ARGV do
    local holder = (pending(ARGV[i], ARGV[i], 1, ARGV[1]) or {})[1]
    if holder then
        table.insert(held, ARGV[i])
    end
end
if #held > 0 then
    redis.call('XCLAIM', KEYS[1], GROUP, ARGV[1], 0, unpack(held), 'JUSTID')
end
return {#held}
