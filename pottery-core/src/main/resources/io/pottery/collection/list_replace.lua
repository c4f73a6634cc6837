-- Replaces or removes a slice of a list, as Python's list does with its slices; its time to live stays.
-- KEYS[1] list   ARGV[1] start   ARGV[2] stop   ARGV[3] step; start and stop may be '' as they may be None in Python
-- ARGV[4] REPLACE or REMOVE   ARGV[5] greatest length, or '' for none   ARGV[6] STRICT if the slice must be in the list
-- ARGV[7] how many elements may be moved   ARGV[8] how many of the following slices hold what must be there now, or ''
-- ARGV[9...] these, and the new elements
-- Returns {1, length before}, or without a change {0, length} if something else is there now, {-1, length} if the slice
-- is not in the list, {-2, length after} if it would be too long, {-3, elements of the slice} if the new ones are
-- another number and the step is not 1, {-4, elements} if too many would have to be moved.
local length = redis.call('LLEN', KEYS[1])
local step = tonumber(ARGV[3])
local lowest, highest = 0, length
if step < 0 then
    lowest, highest = -1, length - 1
end
local inside = true
local function bound(text, otherwise)
    local index = tonumber(text)
    if not index then
        return otherwise
    end
    inside = inside and index <= length
    if index < 0 then
        return math.max(index + length, lowest)
    end
    return math.min(index, highest)
end
local start = bound(ARGV[1], step > 0 and lowest or highest)
local stop = bound(ARGV[2], step > 0 and highest or lowest)
if ARGV[6] == 'STRICT' and not inside then
    return {-1, length}
end

-- The slice in ascending order: count elements in [from, to).
local count = math.max(0, math.ceil((stop - start) / step))
local from = step < 0 and count > 0 and start + (count - 1) * step or start
local stride = math.abs(step)
local to = count == 0 and from or from + (count - 1) * stride + 1

local function elementsOf(first, last)
    local elements = {}
    for i = first, last do
        for _, element in ipairs(cmsgpack.unpack(ARGV[i])) do
            elements[#elements + 1] = element
        end
    end
    return elements
end
local before = 9
if ARGV[8] ~= '' then
    before = 9 + tonumber(ARGV[8])
    local expected = elementsOf(9, before - 1)
    local found = count > 0 and redis.call('LRANGE', KEYS[1], from, to - 1) or {}
    if #found ~= #expected then
        return {0, length}
    end
    for i = 1, #found do
        if found[i] ~= expected[i] then
            return {0, length}
        end
    end
end
local elements = elementsOf(before, #ARGV)

if ARGV[4] == 'REPLACE' and step ~= 1 then
    if #elements ~= count then
        return {-3, count}
    end
    if count <= 1000 then
        for i = 1, count do
            redis.call('LSET', KEYS[1], start + (i - 1) * step, elements[i])
        end
        return {1, length}
    end
end
if step ~= 1 and count > 0 then
    if to - from > tonumber(ARGV[7]) then
        return {-4, to - from}
    end
    local range = redis.call('LRANGE', KEYS[1], from, to - 1)
    for i = 1, #elements do
        range[start + (i - 1) * step - from + 1] = elements[i]
    end
    if ARGV[4] == 'REMOVE' then
        for i, element in ipairs(range) do
            if (i - 1) % stride ~= 0 then
                elements[#elements + 1] = element
            end
        end
    else
        elements = range
    end
end

if count == 0 and #elements == 0 then
    return {1, length}
end
local after = length - (to - from) + #elements
if ARGV[5] ~= '' and after > length and after > tonumber(ARGV[5]) then
    return {-2, after}
end
local behind = length - to
if math.min(from, behind) > tonumber(ARGV[7]) then
    return {-4, math.min(from, behind)}
end
local function push(command, list, first, last, direction)
    for i = first, last, 1000 * direction do
        local slice = {}
        for j = i, direction > 0 and math.min(i + 999, last) or math.max(i - 999, last), direction do
            slice[#slice + 1] = list[j]
        end
        redis.call(command, KEYS[1], unpack(slice))
    end
end
if after == 0 then
    redis.call('UNLINK', KEYS[1])
elseif behind > from then
    local head = from > 0 and redis.call('LRANGE', KEYS[1], 0, from - 1) or {}
    redis.call('LTRIM', KEYS[1], to, -1)
    push('LPUSH', elements, #elements, 1, -1)
    push('LPUSH', head, #head, 1, -1)
elseif from > 0 then
    local tail = behind > 0 and redis.call('LRANGE', KEYS[1], to, -1) or {}
    redis.call('LTRIM', KEYS[1], 0, from - 1)
    push('RPUSH', elements, 1, #elements, 1)
    push('RPUSH', tail, 1, #tail, 1)
else
    push('RPUSH', elements, 1, #elements, 1)
    redis.call('LTRIM', KEYS[1], length, -1)
end
return {1, length}
