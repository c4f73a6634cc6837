-- Settles what was handed out: each by whom, which, the how manyth delivery it was, and what becomes of it. 'ack' removes
-- it, 'nack' gives it back, 'unseen' does so as if it had not been handed out.
-- KEYS[1] queue   KEYS[2] mark of those who wait for room   KEYS[3] queue for dead letters, if there is one
-- ARGV[1] after how many deliveries an element is dead, or ''   ARGV[2...] consumer, id, times delivered, what becomes
-- Returns for each: 1 done, 0 it is not there, -1 another one has it by now, -2 it was given back.
local limit, results, tell = tonumber(ARGV[1]), {}, redis.call('DEL', KEYS[2]) == 1
for i = 2, #ARGV, 4 do
    local consumer, id, deliveries, fate = ARGV[i], ARGV[i + 1], tonumber(ARGV[i + 2]), ARGV[i + 3]
    local holder = (pending(id, id, 1) or {})[1]
    if not holder then -- a fail-over may have forgotten that it was handed out
        table.insert(results, fate == 'ack' and redis.call('XDEL', KEYS[1], id) or 0)
    elseif holder[2] ~= consumer or holder[4] ~= deliveries then
        table.insert(results, holder[2] == RETURNED and -2 or -1)
    elseif fate == 'ack' then
        redis.call('XACK', KEYS[1], GROUP, id)
        table.insert(results, redis.call('XDEL', KEYS[1], id))
    else
        local before = deliveries - (fate == 'unseen' and 1 or 0)
        giveBack(id, before, fate == 'nack' and limit)
        table.insert(results, 1)
        tell = true
    end
end
if tell then
    redis.pcall('PUBLISH', KEYS[1], '')
end
return results
