/**
 * Words that a report can show and netdiag has not in its own texts: of systems, programs and libraries that it reads. None of them says whose machine or
 * network it is.
 */
export const TECHNICAL_WORDS: ReadonlySet<string> = new Set(
  `
  linux darwin win32 freebsd openbsd windows macos android x64 arm64 arm ia32 x86 amd64 i386 i686 armv7l aarch64 riscv64 ppc64le s390x loong64
  gnu debian ubuntu fedora centos rhel redhat red hat enterprise rocky alma almalinux oracle amazon alpine arch manjaro opensuse suse leap tumbleweed gentoo
  void nixos mint pop kali raspbian raspberry pi os photon flatcar talos wolfi bottlerocket coreos server desktop workstation core stream lts release version build
  bullseye bookworm trixie forky sid focal jammy noble plucky questing buster stretch xenial bionic generic cloud aws azure gcp kvm virtual lowlatency realtime rt
  hardened zen pve microsoft standard wsl2 wsl el7 el8 el9 el10 fc40 fc41 fc42 fc43 debug preempt dynamic smp pro home education datacenter edition service pack
  kvm qemu vmware virtualbox xen hyper-v hyperv parallels bhyve firecracker fireck fc nitro docker podman containerd cri-o crio lxc lxd incus openvz nspawn flatpak snap
  kubernetes k3s k8s rancher hetzner digitalocean linode akamai vultr ovh scaleway upcloud alibaba tencent google compute engine ec2 gce amazon openstack bare metal
  systemd resolved networkd timesyncd nginx apache apache2 httpd caddy haproxy traefik envoy squid lighttpd openresty varnish iis kestrel gunicorn uvicorn puma
  sshd ssh openssh dropbear postfix exim exim4 dovecot sendmail opendkim rspamd smtpd imapd vsftpd proftpd ftpd named bind unbound dnsmasq pdns coredns knot stubby
  dnscrypt avahi mdns mdnsresponder chrony chronyd ntpd ntpsec openntpd ntp phc2sys ptp4l rpcbind nfsd smbd nmbd winbindd cupsd dhclient dhcpcd dhcpd connman wicked
  networkmanager netplan ifupdown wpa supplicant hostapd modemmanager bluetoothd strongswan charon openvpn wireguard tailscaled postgres postgresql mysqld mariadbd
  mysql mariadb redis valkey memcached mongod mongodb rabbitmq beam smp epmd erlang kafka zookeeper elasticsearch opensearch etcd consul vault nomad prometheus grafana
  exporter node telegraf influxd java python python3 ruby perl php fpm php-fpm go dotnet deno bun nodejs netdiag init systemd launchd svchost lsass services system
  kernel dockerd docker-proxy proxy rootlesskit slirp4netns pasta passt kubelet kube apiserver cilium agent calico felix flannel libvirtd qemu-system sh bash zsh
  nc ncat socat cron crond dbus daemon rsyslogd journald logind udevd polkitd snapd fail2ban firewalld ufw nft nftables iptables ip6tables pf pfctl
  bbr bbr2 bbr3 cubic reno vegas westwood htcp hybla illinois dctcp bic cdg highspeed lp nv scalable veno yeah
  fq fq_codel codel pfifo fast pfifo_fast noqueue mq mqprio cake htb hfsc tbf sfq red ingress clsact prio etf taprio
  tsc hpet acpi pm jiffies pit clock kvm-clock hyperv clocksource page xen arch sys counter refined source
  performance powersave schedutil ondemand conservative userspace poll acpi c1 c1e c2 c3 c4 c6 c7 c8 c10 wfi
  locl gps pps dcf msf wwv gnss gal glon irig shm pzf ptb usno phc stratum rate deny rstr init step
  self signed certificate chain unable verify first issuer get local has expired yet valid altname match mismatch hostname revoked depth too small weak
  leaf untrusted rejected invalid purpose unsupported path length exceeded crl ocsp signature failure decrypt error alert handshake unexpected eof while reading
  wrong version number protocol shutdown socket hang up disconnected before secure established secp256r1 secp384r1 secp521r1 prime256v1 x25519 x448 mlkem768 ffdhe2048
  ec rsa dsa ed25519 ed448 sha1 sha256 sha384 sha512 md5 ecdsa ecdhe dhe aes gcm ccm chacha20 poly1305 cbc 3des des rc4 null psk
  accept ranges bytes age cache control private public no store must revalidate max stale while connection keep alive close upgrade content type encoding language
  length security policy date etag expires last modified link location pragma server strict transport options vary via x-frame frame xss cors origin referrer
  permissions feature allow headers methods credentials expose retry after ratelimit limit remaining reset used window trailer transfer chunked gzip br deflate zstd
  identity text html plain json application xml xhtml javascript css charset utf iso octet stream image png jpeg svg webp nosniff sameorigin includesubdomains preload
  sse event h2 h2c h3 http https ws wss tls tcp udp icmp icmpv6 dns dot doh doq quic smtp imap pop3 ftp ldap ldaps domain ntp snmp mdns llmnr netbios rdp vnc
  set cookie authorization proxy authenticate bearer basic digest ntlm negotiate kerberos challenge realm lax none httponly
  nodad preferred lifetime deprecated temporary tentative dadfailed mngtmpaddr noprefixroute stable privacy manage flags
  boot kernel static dhcp ra bird zebra bgp ospf isis rip babel mrouted gated redirect keepalived openr unspec
  unicast broadcast multicast anycast blackhole unreachable prohibit throw nat xresolve link host global site nowhere
  ptr cname soa mx ns aaaa txt srv svcb naptr caa tlsa ds dnskey rrsig nsec nsec3 nsec3param cds cdnskey hinfo loc sshfp uri spf any hinfo rfc8482
  mon tue wed thu fri sat sun monday tuesday wednesday thursday friday saturday sunday gmt utc
  jan feb mar apr may jun jul aug sep oct nov dec january february march april june july august september october november december
  chrome chromium firefox msedge safari code electron teams slack zoom spotify steam dropbox onedrive
  noerror formerr servfail nxdomain notimp refused yxdomain yxrrset nxrrset notauth notzone dsotypeni badvers badsig badkey badtime badmode badname badalg badtrunc badcookie
  `
    .split(/[\s]+/)
    .flatMap((word) => word.split(/[-_.]/))
    .filter((word) => word !== ''),
);
