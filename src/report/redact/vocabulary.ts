/** Made by scripts/vocabulary.mjs from the strings of src: the words of netdiag's own texts, in small letters. */
export const VOCABULARY: ReadonlySet<string> = new Set(
  `
aa aaaa abi abort aborted about above absence absent ac accept acceptable acceptance accepted accepting accepts access accessing account
acct accuse accuses ack acknowledge acknowledged acknowledgement acknowledgements acme acpi acpkix acquire act action actions active acts
ad adapt adapter adapters add added addext adding additionals additions addr address addresses addressfamily addressstate adds adguard adh
adjtimex admin administratively administrator admit advert advertise advertisement advertisements advertises advertising advice aead aecdh
aegis aeroplane aes aes128 aes256 affected afpovertcp afresh afs afsdb after again against age agent aggressive ago agree agreed agreement
agrees ahead ahosts aimed air al alert alerts algo algorithm alias aliases alibaba align alike alive all allocate allow allowance
allowances allowed allows allproxy allsync alone along alpine alpn already also alsocalled alt altered alternate alternating alternative
alternatives although alto alv always am amazon ambiguity ambiguous among amqp amqps an ancestors anchor anchors and android anew angle
announce announced announcement announces ano anode anon anonymous another answer answered answering answers antenna antivirus anw any
anybody anycast anyconnect anyextendedkeyusage anything anywhere apache apart api apl app appeared appears append appendices appendix
apple appliance application applicationfirewall applications apply approaches apr apt arch architecture archive are arginvalidoptionerror
args argument arguments aria aria128 aria256 arm arm64 armitage around arp arpa arping array arrival arrive arrived arrives as ascii
asexpected asf ask asked asking asks asleep assemble asset assign assigns association astray asutc at atleast atmost attached attack
attacker attempt attempted attempting attempts attribute audit aufs aug auth authenticate authenticated authenticates authentication
author authoritative authorities authority authorization auto autoconf autoconfig autoconfigurl automatic automatically autorcvbufmax
autosndbufmax autotuninglevel autotuningleveleffective autotuninglevelgrouppolicy autotuninglevellocal avahi available avast avg avoided
away aws ax axfr az azure babel back background backlog backslash backup backups bad badalg badcookie badkey badmode badname badsig
badtime badtrunc badvers balance balancer ban band bandwidth banned banner bare barracuda base base64 base64url baseline bash bashrc basic
basicconstraints basis battery bb bbr bbr2 bbr3 bc be bear bearer bears became because become becomes been before began begin beginning
begins begun behalf behind beigbeder being belief believe believed belong belongs belongsto below benchmark benchmarks bends beside
besides best better between beyond bgp bhyve big bigint bill bin binary bind binding binds binomial bios bip bird bit bitdefender bitmap
bitrate bits black blackhole block blocked blocks blue bluetooth board bochs bodies body bodyms bodytimeoutms bogus bond bonds boolean
boot both bottleneck bound bounded bpf br brackets brainpool brainpoolp256r1 brainpoolp256r1tls13 brainpoolp384r1 brainpoolp384r1tls13
brainpoolp512r1 brainpoolp512r1tls13 branch break breaks bridge bridged bridges bring brings broadcast broadcasts broke broken broker
brought browser browsers bsds buckets budget budgets buf buffer bufferbloat buffering buffers builds built builtin bundle burp burst
bursts bus busiest business busy busyratio but by bypassed byte bytecode bytes bytestring ca caa cable cacert cache cached caches
cachetrial cafile cake calico call called calls calm came camellia camellia128 camellia256 can cancel canceled candidates cannot canonical
cap capabilities capacity capital captive capture card cards care careless carriage carried carrier carriergradenat carriers carries carry
carrying case cases cassandra cat catch catches category caught cause caused causes cbc cc ccaa ccab ccac ccad ccae ccm ccm8 cd cdn cecpq1
cecpq2 cellular censored censorship cent cert certain certainty certbot certificate certificateremainingdays certificates certified
certify certs cgroup chacha20 chain chainfaults chains challenge chance change changed changes changing channel chap character characters
chargen charles chassis check checked checkingdisabled checklist checks checksum checksums child childitem chinese choice choices choose
chooses chose chosen chrony chronyc chronyd chroot chunks ci cifs cilium ciminstance cimv2 cipher ciphers circle cisco ck claim claimants
claimed claims clamp clamps class classes classification classify classname clat46 claypool clean cleaning clear clearest cli click client
clientauth clients clientsubnet clierror clock clocks clockskewms clocksource clocksource0 clone close closed closer closes closing cloud
cloudflare cloudflared clouds cluster cmd cmdline cname cni cnt cntlm coap coat code codel codes codesigning coffee cold coll collector
collisions colon color colorterm colour column columns com combination combined come comes comm comma command commands commas comment
commit common commonly commplex communication companies company compare compared compares comparison comparisons compatible complete
completed completes completion completions compose compress compressed compresses compression compute computer computers computersystem
concat concatenation concealment concerned conclude conclusion concurrency condition conditions conf confdir confidence config
configuration configure configured confirm confirmation confirmed confirms conflict conflicts conform congested congestion
congestionprovider connect connected connection connections connectionspecificsuffix connectionstate connectivity connectivitycheck
connectms connector connects connecttest connlimit connman connmanctl connmark connsecmark conntrack consent consider console const
constant constantflow constraint constraints contact contain contained container containerd containerenv containers contains content
contentcommitment contention contents contentstart contiguous continuation continue continues continuity contradict contradictions
contradicts contrary control controls convergence converges conversation convertto cookie cookies copied copies copy core coredns corp
correct corrected corrects corrupt corrupted cost costs could count counted counter counters countries country counts course courses court
cover covered covers cpu cpu0 cpufreq cpuidle cpuinfo cpupower cpus crash crashed crashes crawler crc create create1 created credentials
credit cri crime critical crlsign cross crossed crowded crowdsec crt crypto cseq csi cslistener csv ct ctcp ctdir ctl ctorigdstport ctr
ctrl ctstate ctype culprit curl curlrc curls current currentcontrolset currentversion curves curvesm2 curvesm2mlkem768 custom customer cut
cutoff cuts cve cycles cyclic daddr dadfailed daemon damaged dark darwin data database databaseconnectms databases dataencipherment
datagram datagrams datastream date dated dates datestart datestop datetime day days db dbm dbus dctcp de dead deadline deadlinems deadlock
debian debug debugging dec deception decide decides decipheronly decision declared declines decode decompression decrypt decrypted
decryption dedicated deep deeper deeply default defaultconnectionsettings defaultinboundaction defaultroutes defaults defaultzone defined
deflate delay delayed delays delegated delegation delegations delete deleted deliberate delivered demand demands denial denials denied
denies deny dep departure depend dependency depends deploy deployment deprecated depth der des des40 descent described description
descriptor descriptors design desired desktop destination destinationcache destinationprefix destinations destroyed detached detail detect
detected detection detectportal detour dev development deviation device devices df dgm dgram dh dhcid dhclient dhcp dhcpc dhcpcd dhcps
dhcpv6 dhe diagnose diagnosed diagnosis dial dialogue dials did die died diff differ difference different differently differs diffie dig
digest digitalocean digitalsignature digits dir direct direction directions directly directory disable disabled disagree disagreement
disagrees disappear discard discarded discards discipline disciplines disconnect disconnected discover discovery disk display distance
distant distributed distribution distributions disturbs diverted divide dll dmesg dmi dname dnat dnf dnrouted dns dns64 dnscache dnsclient
dnsclientglobalsetting dnsclients dnsclientserveraddress dnsconfig dnscrypt dnsglobal dnskey dnsmasq dnsms dnsname dnsovertls dnspolicies
dnspolicyconfig dnsqueryms dnssec dnssecok dnsservers do docker docker0 dockerenv docs docsis documentation documents does dohpath dollar
domain domainprofile domains done door dormant dot dotint dots doubt down downgrade downgrades download downloaded downloads downmbps
dport dports dr draft drains drift drifts driver drivers drop dropped dropping drops drown dry ds dsa dscacheutil dscp dsdt dso dsotypeni
dss dst dstmask dtls due dumb dummy dump dup duplex duplicate duplicated duplicates duration durations during duty dynamic
dynamicportrangenumberofports dynamicportrangestartport eacces each eaddrinuse eaddrnotavail eafnosupport eagain eai ear earlier early
ebadmsg ebusy ec ecanceled ecc eccgost eccpwd eccsi ecdh ecdhe ecdsa ecdsap256sha256 ecdsap384sha384 ech echo echoes ecmp ecn econnrefused
econnreset ecparam eddsa ede edeadlock edh edited edition editor editors edns edns0 eexist effect effects egress ehlo ehostdown
ehostunreach eighth eigrp einprogress einval eio eisdir either elasticsearch electrical elem element elliptic else elsewhere email
emailprotection embedded emfile employer emptied empty emsgsize en enable enabled enablefirewall encapsulation encipherment encipheronly
encode encoded encoding encrypt encrypted encryption end enddate ended endpoint ends enetdown enetunreach enfile engine engines english
enhance eni enlarge enobufs enodev enoent enomem enoprotoopt enospc enosys enotdir enotfound enotsup enough enter entered entirely
entitled entity entries entry enum enumerate enumerated enumeration env environ environment enxio eof eopnotsupp eperm ephemeral epipe
epmap epoll equal equally erefused erofs err errno erroneous error erroraction erroractionpreference errors escape eservfail eset
established estimate et etag etc etcd eth eth0 ether ethernet etherx ethtool etimedout etimeout eui48 eui64 eunknown evaluate even evened
evening event eventfd events ever every everybody everything everywhere evidence ewouldblock exact exactly example examples exceed
exceeded exceeds exception exceptions exceptionslist excessive exchange exchanges exclude excluded excludesimplehostnames exe exec execa
executable execution exempt exhausted exist existent existing exists exit exits exoscale exp exp1024 expect expectation expectations
expected expectedmtubytes expects experiment experimental expire expired expires expiring explain explained explains explanation
explanations export export1024 export40 exporter exposed exposure expr expression expressvpn ext extend extended extendederrors
extendedkeyusage extends extension extensions extfile exthdr extra eyeballs face fact factor factory facts fades fail fail2ban failed
failedflagvalidationerror failover fails failure failures fair fairqueue fall fallback fallbackntp falling falls false falsification
falsified falsifies families family far fast faster fastopen fault faults faulty fd fe features feb fed fedora feed feeds fefe feff felt
fetch fetched fetches few fewer ff ffdhe2048 ffdhe3072 ffdhe4096 ffdhe6144 ffdhe8192 fff fffd ffff fi fib fibre fiddler field fields fifo
fifty file files fill fills filter filtered filtering filters fin final find finding findings findmnt finds fine fingerprint finish
finished finite fips firecracker firefox firewall firewallapi firewalld firewallpolicy firewalls firewire firmware first firstbytems
firstbytes firstword fish fit fits five fixed flag flaginvalidoptionerror flags flannel flat flatpak flight flood flooded floor flow flows
folder folders follow followed follows font for forbade forbid forbidden forbids force forcepoint forces foreach foreign forged forges
forgets forgot forgotten fork form format formats formed former formerly formerr forms fortigate fortinet forum forward forwarded
forwarder forwarding forwards found four fpath fq fraction frag fragid fragment fragmentation fragmented fragments frame frames framework
fraud free freed freedesktop frees freq frequency fresh from fromms fromtarget front frozen fs ftl ftp ftps full fullchain fullduplex
fulllistenqueues fullness fulls fullyqualifiederrorid function further fuse future fwd fwmark fwmask gains games gaming gap garbage gated
gateway gatewayrttms gateways gave gbit gc gc256a gc256b gc256c gc256d gc512a gc512b gc512c gce gcinterval gcm general generate generated
generateresolvconf generator generic genericdnsservers geneve genkey get getairportpower getblockall getent getglobalstate gets
getsockname getsockopt getstealthmode getusingnetworktime ghz gi gid git gitconfig github gitlab give given gives glbp glob global
globalprotect glue gmin gnome gnu go goaway goes goguardian going gone good google gost gost2001 gost2012256 gost89 gost89mac gost89stream
gost94 gostr gostr341001 gostr34102012 gostr341094 gostr3411 gostr341112 got goto gov governor governors grade grades graphql grave gre
great greeting greets grep group grouped groups grow growing grown grows growth grpc gsettings gssapi gstatic guard guesses guest guide
guidelines gvisor gz gzip h2 h3 had half halted halve halves hand handed handle handlecount handled handles hands handshake handshakes
hang hangs happen happens happy hard hardening hardly hardware harmless harms has hash hashing hashlimit have having hctosys head header
headers headersomitted heading health healthy hear heard hears heartbeat heavy heed heeded held hellman hello hellos help helper helps
here hetzner hex hexadecimal hidden hide hides high higher highly hijacked hint hints hitcount hits hkcu hklm hl hltn hmac hmark hold
holder holders holds hole holm home honeypot honoured hook hop hoped hops horizon host hostaliases hosting hostname hosts hostsfile
hostsswitch hotel hotels hotspot hour hours how hpe hsrp hsts htable htm html http http0 http1 http2 http3 httpd httponly httpoxy
httpproxy https httpsproxy httpstatus hundred hurts hv hw hwclock hybrid hyper hyperv hypervisor hypervisorpresent hyphen hz iacpkix ibdn
ibm iboss ibs ibs1 ibs2 ibytes icmp icmp6 icmp6inerrors icmpindestunreachs icmpinerrors icmpoutdestunreachs icmpv6 id idea identifier
identifiers identifies identity idle idlestates idletimer ids ieee ieee802 ierrs ietf if ifb ifconfig ifindex ifname ifstate ifup ifupdown
ignore ignored ignores ignoring iif iii iis illegal im image images imap imaps imit implement implemented implementer improvement in
inactive inadequate inappropriate inbound include included includefile includehidden includes incomplete inconsistent increasing incus ind
independent independently indeterminate index indicator indirect inet inet6 infiniband info information ingress ini init initial injected
injection inner input inputobject inquire inquiries inquiry ins insecure insecure1 insecure2 insert inside insist insists inspect
inspecting inspection inspects install installation installed installing instance instead instruments insufficient int interaction
interarrival intercepted interception interface interfaceadminstatus interfacealias interfacedescription interfaceindex interfacemetric
interfaceoperationalstatus interfaces interfacetype interference interim intermediate intermediates intermittence intermittent internal
internalerror internet internet6 interpolation interrupt interrupted interrupts interval intervalms into intptr intranet intrinsic intvl
inv invalid invert inwards io ioctl ip ip6 ip6fragfails ip6gre ip6indiscards ip6inreceives ip6outdiscards ip6outnoroutes ip6outrequests
ip6reasmfails ip6tables ip6tnl ipaddr ipaddress ipc ipconfig ipfragfails ipgp ipinaddrerrors ipindiscards ipinhdrerrors ipinreceives ipip
ipkix ipkts ipoutdiscards ipoutnoroutes ipoutrequests ipp ipproto ipreasmfails iproute2 ipsec iptables ipv ipv4 ipv4hint ipv6 ipv6hint
ipv6routes ipvlan ircu irdmi irqbalance is isakmp isis isnot iso isolated isolation ispki issue issued issuer issuers issues issuing istio
istty it itcp item itemproperty items iterations its itself itu iudp iw ixfr jabber jan jhash jitter jitterms job join joined joke
journalctl jq js json jsonpath judge judged jul jumbo jump jumps jun junit just jwk kafka kaspersky kb kde keep keepalive keepalived
keepidle keeping keepintvl keeps kept kerberos kern kernel kernelclock kernelcommandline kernels kernelstate kerneltz key keyagreement
keybits keycertsign keyencipherment keylog keys keyusage keyword keywords kib kill kilobytes kind kinds kinit kioslaverc kiss klist km
knew knocks knot know knowing knowledge known knows ko koffi krb5 ktls kube kubelet kubernetes kuznyechik kvm kx l1 l2 l2tp l3 l3mdev l4
l6 l7 lab label labels lack lacks lags lame lamps lan lane lang language laptop laravel large largeechofiltered larger largest last lasted
lastms lasts late lately latency later latin1 law lax lay layer layered layers layout lazy lc ldap ldaps le lead leading leads leaf leak
leaked leaks leap learn learned learns lease leases least leave leaves led left leftmost leftover legacy legal len length lengthen lengths
lent less let lets letters level levels lft lib libexec libraries library libvirt lie lies life lifetime lifetimes light lighthouse like
likely lima limit limited limitedby limitnofile limits line lines link linkaddresskind linkdown linkinfo linklayeraddress linklocal links
linode linux list listallhardwareports listed listen listened listenedms listener listeners listening listenms listens
listnetworkserviceorder lists literal little live lives lladdr llmnr lm lo load loaded loading loads local localaddress localappdata
localdomain localhost locally localmtubytes localport localports location lock locked locks log logged login logname logs long longer
longest look looked looking looks lookup lookups loop loopat loopback loopback0 loops loose lose loses loss lossbyhop losses lossratio
lossy lost low lowat lower lowerlayerdown lowest ls lsof lspci ltn ltnp ltnup lun lunp lxc lxcfs lxd mac mach machine machineproxy
machines macos macvlan macvtap made magma mail main mainframe maintenance major majority make maker makers makes makestep malformed
malformedrequest malware man manage managed management manager managers manages mandatory mangle manifest manifests manual manufacturer
many map mapped mar march mark markdown marked market marks mask masked masquerade master match matched matches mathis matter matters max
maxevents maximum maxseg maxsockbuf may maybe mb mbit mcafee md md2 md5 mdns mdns4 mdnsresponder mean meaning means meant meanwhile
measure measured measurement measurements measures measuring meddles media mediaconnectstate median medium megabits mem member members
memcache memory mend mended menlo merely merge message messages messagespersecond met meta metal meter method metric metrics mgm mhz mib
micro microseconds microsoft middle milliseconds min mind minimal minimum minority minute minutes mirror mirrored misconfigured
misdirected misleads mismatch mismatched miss missed misses missing misspelt mistake mistakes misused mitmproxy mix mixture ml mld mld2
mldsa44 mldsa65 mldsa87 mlkem1024 mlkem512 mlkem768 mobile mod mode model modem moderate modern modified modinfo modprobe module modules
moment moments monday mongodb monitor month monthdays more most mostly mount mounted mountinfo mounts mouth move moved mozilla mpssvc
mpstat mptcp mq mqtt mrt ms msft msftconnecttest mss mtu mtubytes mtuconflicts mtusize much mullvad multi multibyte multicast multihop
multiplayer multiple multiplies must mutual mx myapp myhostname mysql nagle name nameconstraints named namedby names nameserver
nameservers namespace namespaces nameswitch naming nano naptr narrow narrower narrowest narrows nat nat64 native nats ncube nd ndisc
ndisphysicalmedium ndjson ndots ndp near nearby nearer nearest nearly need needed needfrag needs negative negotiate negotiated negotiates
negotiation neigh neighbor neighbors neighbour neighbours neither nested nesting net netadapter netadapterstatistics
netadapterstatisticssettingdata netbios netconfig netconnectionprofile netdev netdiag netfilter netfirewallprofile netfirewallrule netif
netipaddress netipconfiguration netipinterface netkit netlink netmask netnatsession netneighbor netplan netroute netsh netskope netstat
nettcpconnection nettcpsetting netudpendpoint network networkcategory networkctl networkd networking networkinterfaces networkmanager
networks networksetup never nevertheless new newer news next nexthdr nexthop nexthops nf nfacct nflog nfmask nfqueue nfs nfs4 nft nftables
nginx ni night nis nist nitro nixos nlmtu nm nmcli nntp no noarp nobody nodata node nodelay nodelocal noedns noerror noise noisy nologo
nomatch non noname nonce none nonexistence nonexistent nonexistentflagserror noninteractive nonsense nonxt noout nop noprofile noproxy nor
nordvpn normal nosniff nosync not notation notauth note notepad notes notfound nothing notice notices notify notimp notlookedat notpresent
notrack notsent notzone nov now nowhere nowildcard np npm npmrc nr ns nsap nscd nsec nsec3 nsec3dsa nsec3rsasha1 nsid nspawn nssearch
nsswitch nstat nt nt5ds ntk ntlm ntp ntpd ntpdate ntpq ntpsec ntpserver ntpsynchronized nul null number numbers numerical numgen nvi
nxdomain nxrrset object objectclass objective objects obliges observation observed obsolete obytes occurred oclif ocsp ocspresponse
ocspsigning ocspstaple oct octet octets odd oerrs of off offer offered offers offload offset often oid oif oifname ok okp old older oldest
omac on once one ones onion online onlink only op opcode open openconnect opendns opened opener opening openntpd openresolv opens
opensnitch openssh openssl openstack opensuse openvpn openvz openwrt operand operating operatingsystem operation operator operators
operstate opinion opinions opkts opt optical optimistic option options optionsbytarget opts or ora oracle orchestrator order ordered
ordering orders ordinary org origin original orphan orphaned orphans os ospf osrelease other other0 otheris others otherwise our ours out
outage outages outbound outbounddiscardedpackets outboundpacketerrors outcome outcomes outdated outer outermost outgoing outline outlives
output outputencoding outs outside outstanding outvoted outward outwards over overflow overflowed overflows overhead overlap overlapping
overlaps overlay overlayfs overload overloaded override overrides overrun overruns overtake overwritten owasp own ownbusyms owner
owningprocess p1363 p3 p50 p95 p99 pac pace package packed packet packets padding page pager pages paid paint pair pairing palo pan
parallel parallels parameter parameters params parent parental parenthesis parsed parser part partial partition partner partofdomain parts
pass passed passes passive passphrase password passwords past patch path pathfaults pathlen pathmtubytes paths patient pattern patterns
pause paused pauses payload payment pays pcpttn pcsync pdl peer peers pem people per percent percentage percentile percentiles performance
perhaps permanent permanently permission permissions permit permits permitted persist persistent person pf pfctl pfifo pgp phases phc
phc2sys phone phrases phy80211 physical pi picks pid pieces pihole pin ping ping6 pings pinned pinnedpubkey pip pipe pkcs1 pki pkix pkt
pktmon place placed places plain plan planned planning platform platforms player players plays pltime plug pm pmp pmtu pod podman pods
point pointer pointopoint points pol policies policy poll polling poly1305 pong pongs pool pools poor pop3 pop3s port portal portrange
ports possible post postfix postgres postgresql postrouting power powerdns powered powershell powervm ppp pppoe pptp practice practices
pre precedence precise precisionclocks precondition predicate preempt preemption pref prefer preference preferred preferredseconds prefers
prefix prefixed prefixes prefixlen prefixlength prefixorigin prefsrc prerouting prescribed presence present presentation presents pressure
pretends price primary prime prime256v1 print printable printed printer prints prior priority private privatedns privateoid privateprofile
probability probably probe probed probes probing problem problems proc procedure proceed process processdescriptors processes processing
processname processor processors product products producttype profile profiler profiles program programs progress progresspreference
prohibit prohibited prom prometheus promisc promiscuity promises proof proofs properly properties prot protect protected protection
protects proto protocol protocols proton prove proved proves provider providers proxied proxies proxmox proxy proxyautoconfigenable
proxyautoconfigurlstring proxyautodiscoveryenable proxyconfigscript proxyenable proxyman proxyms proxyoverride proxyserver proxysg
proxytype ps ps1 pseudonym pseudonyms pshome psk psmodulepath pss ptb ptbtime1 ptp ptp0 ptp4l ptr public publicprofile publish published
publisher publishes purpose push pushes put puts putting px python qdisc qemu quad9 quality quantities quantum quench queries query
queryms question questions queue queueing queueingms queues quic quick quickest quiet quota quotation quote quoted quotes ra raaen
rabbitmq radio radios radius rail railgun raise raised ran random range ranges rank rarely rate rateest ratelimit rates rather ratio raw
rc rc2 rc4 rcheck rcode rcodes rcvbuf rd rdata rdest reach reachability reachable reached reaches read readable reader readers readiness
reading reads ready real really reap reapply reason reasons reassembly rebinding receive received receivedbytes receiveddiscardedpackets
receivedpacketerrors receivedropped receivedunicastpackets receiveerrors receivelinkspeed receivemissed receivers receives recent recipe
recommended reconcile reconnect record recorded recorder records recoverable recovered recursion recursive recursively recursor recv
recvmsg recvpipe recvspace redact redacted redaction redirect redirected redirects redis reduced reduction redundant refclock refer
reference referenceclocks references referer referral referrer refers refresh refusal refusals refuse refused refusedby refusedbytarget
refusedms refuses refusing regardless regexp region registered registrar registry regression regular reject rejected rejecting rejection
rejects rel related relation relay release reliable relied reload reloaded rely remain remaining remark remarks remedies remedy remember
remembered remembers remote remoteipaddress remove removed removes renamed render renderlist renegotiate renegotiation renew renewal
renewals renewed renumbered renumbering reopen reordered reordering repair repaired repeat repeated repeats replace replaced replaces
replacing replied replies reply report reported reports req request requested requests require required requiredargserror requirement
requirements requires requote requotes reseat resent reservations reserved reset resetanddestroy resets resolution resolv resolvconf
resolve resolvectl resolved resolvedmode resolver resolvers resolverssource resolves resource resources responder response responsems
responsible rest restart restarted restarts restore restricted restriction restricts result resumes resumption resync retrans
retransmissions retransmit retransmitted retries retries2 retry retryafterseconds return returned reuse reuseaddr reuseport reverse
revocation revoked rewriting rewritten rf rfb rfc rfc6052 rfkill rfs right rights ring rip rises rising rivals rmcp rmem rn ro roams room
root rootdevice rootless rootlessport roots rotate round rounds route routed routemetric router routers routes routesknown routesleftout
routessource routing row rows rp rpc rpfilter rport rr rrsig rrsigs rs rsa rsae rsamd5 rsasha1 rsasha256 rsasha512 rsource rst rsync rt
rt6 rtnetlink rtsp rtt rttby rttl rttms rule ruled rules ruleset run runaway runlevels running runs runtime rx rxbytes rxcrc rxdropped
rxerrors rxfifo rxframe rxlength rxmissed rxoverruns rxpackets s390 sack saddr safe said salt same samesite sampler samples san sandbox
sandboxes sarif satellite satisfiable saturated saturates save saved saves saving saw say saying says sbin scale scaleway scaling scan
scanner scans sch scheduled schema schemas schemaversion scheme schemes scope scoped script scripts sctp scutil sd se search searchdomains
searched sec seclevel secmark second secondaries secondary secondopinion seconds secp secp160k1 secp160r1 secp160r2 secp192k1 secp192r1
secp224k1 secp224r1 secp256k1 secp256r1 secp256r1kyber768draft00 secp256r1mlkem768 secp384r1 secp384r1mlkem1024 secp521r1 secrecy secret
secrets sect163k1 sect163r1 sect163r2 sect193r1 sect193r2 sect233k1 sect233r1 sect239k1 sect283k1 sect283r1 sect409k1 sect409r1 sect571k1
sect571r1 section secure secureconnect secured security securitycontext securly see seed seek seemed seems seen sees segment segments
segsleft seldom select selection selective selectively self semaphores send senddropped sender senderrors senders sending sends sendspace
sendto sense sent sentbytes sentcount sentunicastpackets sep separate separates september serial serials series serve served server
serveraddresses serverauth servername serverpings servers serves servfail service serviceaccount serviceresolver services session sessions
set sets setsockopt settable setting settingname settings settle settled setup setusingnetworktime seven several severed sfq sh sha sha1
sha224 sha256 sha384 sha512 shake shape shaper shapes share shared sharedaccess sharing shell shells shift shop shopify shorewall short
shortcut shorten shortened shorter shortest should show showcerts showed shown shows shrinking shrinks shut shutdown shuts siblings side
sides sig sigint sigkill sign signal signature signatures signatureschemes signed signer signing signs sigrequired sigterm silence silent
silentlycontinue similar simple simulates since single sink sip sips sit site sites sixth size sized sizes skew skip skipped skmem skuid
skyhigh slash slashes sleep sleeps slice slices sliding slip slipped slirp4netns slot slow slower slowest slowly sm2 sm2sig sm3 sm4 small
smaller smallest smallestfailedbytes smart smartdns smb smear smoothwall smtp smtpd snap snat sni snmp snmp6 snmptrap snooping sntp so soa
socket socketfilterfw sockets socks socks5 socks5h socksproxy sockstat soft softnet software solicit solicitation solicitations somaxconn
some somebody something sometimes somewhere sonicwall soon sophos sort sortlist sought source sourcedir sourcemap sources sp space spaces
spairportdatatype span spanning spare speak speaks special specific speech speed speeding speedmbit spelling spent spikes spki splice
split spoke spoken spoofing sport sports spread sql squashfs squid sr src srcmask srmount srp srv ss ssdp ssh sshfp sshguard ssl ssl2
sslcertificatefile sslcompression sslprotocol sslusestapling sslv2 sslv3 ssn sss sssd st staging stale stall stalled stalls stamped stamps
stand standard standardcimv2 standardprofile stands staple stapled stapling star stars start started startedat starting starts starttls
stat state stated stateful statement states static station statistic statistics stats stats64 status statuscode statuses stay stayed stays
stcp stderr stdout steady steal stealth steering step steps still stls stmt stolen stop stopped stops storage store stored stores stranger
stratum stream streams streebog256 strength stretch stretches strict strictly string strings strips strong stronger strongly struct
structure structures stub stubby stubs stuck stumble stun stunserver stutter styles subinterface subinterfaces subject subjectaltname
submission submissions subnet subnets subprotocol subprotocols subscribe subscription succeed succeeded succeeds success successful
successor such sudo sudoedit suffer suffers suffixorigin suffixsearchlist suite suites summary sums sun sunrpc superfish superfluous
supplied support supported suppress sure surely sureness surroundings survey surveyed survived suse suspect suspended suspicion svc svcb
swallows sweep switch switched switches switching symantec symbol symbolic symbols symhash syn synchronisation synchronised synchronized
syncookies synproxy syns synthesized sys syscall sysconfig sysctl sysctls sysinfo sysinit syslog system system32 systemctl systemd
systemroot systems systemsetup t2 table tables tag tail tailscale take taken takes talked tanm tanp tap tar target targetaddress targets
tarone tarpit task tbscertificate tc tcp tcp6 tcpactiveopens tcpattemptfails tcpclock tcpconnectms tcpdump tcpestabresets
tcpextipreversepathfilter tcpextlistendrops tcpextlistenoverflows tcpextprunecalled tcpextrcvpruned tcpexttcpabortonmemory
tcpexttcpabortontimeout tcpexttcpbacklogdrop tcpexttcplossprobes tcpexttcplostretransmit tcpexttcpmemorypressures tcpexttcporigdatasent
tcpexttcprcvqdrop tcpexttcpreqqfulldrop tcpexttcpspuriousrtos tcpexttcpsynretrans tcpexttcptimeouts tcpexttcptimewaitoverflow tcpinerrs
tcpinsegs tcplisteners tcpmemory tcpms tcpmss tcpoptstrip tcpoutrsts tcpoutsegs tcppassiveopens tcpretranssegs tcpsettings team teapot tee
telephone telephones tell tellapart tells telnet template temporarily temporary ten tencent tens tentative term terminal terms test
testing tests text tftp tgz th than that the their theirs them themselves then there these they thing things think third this those though
thousands thread threads three thresh thresh2 thresh3 threshold thresholds through throughout throughput throw thrown throws tick ticket
tickets time timed timedatectl timeline timely timeout timeoutms timeouts timer timers times timeserver timestamp timestamping timestamps
timestart timestop timesyncd timewait timex tin title tkey tld tls tls1 tls12 tlsa tlshandshakems tlsms tlsrulesschema tlsv1 tm tmp tn to
today together token tokens told tolerates toms too took tool toolarge toolkit tools top topic toplevel tos totalms totalseconds totarget
tournament towards tproxy trace tracepath traceroute traceroute6 tracert traces tracked tracking trade traded trades trading traffic train
transfer transfers transit translate translated translates translation translator translators transparent transport transports traverse
treat tree trend trial trials tried tries trip trips trouble true truncated trust trusted trustedby trusterror trusts try trylater tsig
ttfbms ttl tun tuned tuning tunnel tunnels turn turned turns tw twenty twice two tx txaborted txbytes txcarrier txdropped txerrors txfifo
txheartbeat txpackets txt txwindow type type14 type21 type26 type3 type30 type4 type65 type7 type8 type9 typed types typical typically u32
uanpm ubuntu udhcpc udp udp4 udp6 udp6indatagrams udp6inerrors udp6noports udp6outdatagrams udp6rcvbuferrors udp6sndbuferrors udpendpoints
udpindatagrams udpinerrors udpmemerrors udpmemory udpnoports udpoutdatagrams udppayloadsize udprcvbuferrors udpsndbuferrors uevent ufw uid
uint16 uint32 uint8 ulimit ulog umbrella uml unable uname unannounced unanswered unasked unauthorized unavailable unblock unbound
uncaughtexception unclean unclear uncompressed unconnected undecodable under underlay understand understood undetermined undo uneven
unexpected unexpectedargserror unfiltered unfold unhandledrejection unicast union uniq unique uniquelocal unit units unix unknown unless
unlike unlimited unmanaged unobtainable unpacked unpaid unplug unplugged unprocessable unreach unreachable unread unreadable unreal
unrecognized unredacted unrelated unresolved unsent unsettled unsigned unspecified unsupported unsynchronized untangle until untrack
untracked untrusted unusable unused unusual unwrap up upcloud update updated upgrade upgraded upgradems uplink upload uploaded uploads
upmbps upnp upper upstream uptime uptimeratio upto upward upwards urgent uri url urls urn us usability usable usage usageerror usb use
used user userdetection userproxy users uses usesuffixsearchlist usr ustar usual usually utc utcnow utf utf8 utf8encoding utilisation
utilisationratio utils uts v1 v2 v6 vain val valid validate validated validating validation validators validity validmark validseconds
value valued values valve vanish vanished vanishingdirection var variable variables variant variants varies vary vboxadd vboxservice vc ve
vector vendor verbose verdict verification verified verify version versions very veth vi via video view violated violation virt
virtioproxy virtual virtualbox virtualisation virtualization visit vlan vlanid vltime vm vmap vmbus vmm vmstat vmtoolsd vmware voice void
voip volume vouches vpn vpnc vrf vrrp vscode vti vti6 vultr vxlan vz w32time w32tm wait waited waiting waitingratio waits walk walls want
wanted wants warm warn warned warning warns was watch watched watchguard way wayland ways wbt wc wdutil we weak weakly wear web webdav
websm websocket websocketrttms week weekdays weeks weigh weight weights well went were wg wget wgetrc what whatever when where wherever
whether which whichever while who whoever whois whole wholly whom whose why wi wicked wide widen wider width wifi wikipedia wildcard will
win win32 winbind windir window windowlimitedratio windowms windows windowsfirewall windowspowershell winevent winhttp winhttpsettings
wins wire wired wireguard wireless with withdraw withdrawn withheld within without wlan wmem word words work worked workers working works
world worse worst would wpad wrapped writable write writer writes writing written wrong wrongly wrote ws wsa wsl wsl2 wslconfig wslinfo
wsman wss wt wwan www wx x20 x25519 x25519kyber512draft00 x25519kyber768draft00 x25519kyber768draft00old x25519mlkem768 x448 x509 x64 x7e
x86 xdg xdmcp xen xenix xfrm xl xmark xml xmlns xmpp xor xorp xresolve xt xterm xx xxxx xz yahoo yaml year years yes yet yml you your
yours yourself yum yxdomain yxrrset z9hg4bknetdiag zap zebra zero zlib zod zone zones zscaler zsh zst zvm
`.split(/\s+/),
);
